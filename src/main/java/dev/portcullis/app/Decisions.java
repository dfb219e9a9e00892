package dev.portcullis.app;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionService;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.Policy;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.review.ReviewService;
import dev.portcullis.review.Reviews;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what decides: the policies in force and those who ask them. */
@Configuration(proxyBeanMethods = false)
class Decisions {
    @Bean
    PoliciesInForce policies(PortcullisProperties properties) {
        if (properties.policy() == null) {
            return new PoliciesInForce(
                    BuiltInPolicies.defaults(properties.defaultMode().mode()));
        }
        try {
            return new PoliciesInForce(PolicyFiles.read(properties.policy()));
        } catch (PolicyException wrong) {
            throw new MisconfiguredException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    @Bean
    AdmissionService admission(PoliciesInForce policies, MeterRegistry registry) {
        return new Admission(policies, new DecisionMetrics(registry));
    }

    @Bean
    ReviewService reviews(PoliciesInForce policies) {
        return new Reviews(policies);
    }

    /** The policies by which everything is judged. */
    record PoliciesInForce(List<Policy> policies) implements Supplier<List<Policy>> {
        @Override
        public List<Policy> get() {
            return policies;
        }
    }
}
