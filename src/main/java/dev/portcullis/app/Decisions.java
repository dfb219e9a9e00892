package dev.portcullis.app;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionService;
import dev.portcullis.inspection.Premises;
import dev.portcullis.kubernetes.ClusterKnowledge;
import dev.portcullis.policy.BuiltInPolicies;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import dev.portcullis.review.ReviewService;
import dev.portcullis.review.Reviews;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
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
                    BuiltInPolicies.set(properties.defaultMode().mode()));
        }
        try {
            return new PoliciesInForce(PolicyFiles.read(properties.policy()));
        } catch (PolicyException wrong) {
            throw new MisconfiguredException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    @Bean
    AdmissionService admission(PoliciesInForce policies, MeterRegistry registry) {
        return new Admission(policies, ClusterKnowledge.MISSING, InstantSource.system(), new DecisionMetrics(registry));
    }

    @Bean
    ReviewService reviews(PoliciesInForce policies) {
        return new Reviews(policies, Premises.NONE);
    }

    /** The policies by which everything is judged. */
    record PoliciesInForce(PolicySet policies) implements Supplier<PolicySet> {
        @Override
        public PolicySet get() {
            return policies;
        }
    }
}
