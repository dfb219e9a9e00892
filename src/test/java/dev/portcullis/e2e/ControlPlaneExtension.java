package dev.portcullis.e2e;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/**
 * Gives tests the {@link ControlPlane}, one for all classes of a run, ended with the run: binaries where
 * KUBEBUILDER_ASSETS names them, else K3s where Docker is there, else the class is skipped with the reason.
 */
final class ControlPlaneExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ControlPlaneExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (binaries() != null) {
            return ConditionEvaluationResult.enabled("KUBEBUILDER_ASSETS names the binaries");
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.enabled("Docker runs K3s");
        }
        return ConditionEvaluationResult.disabled("no Kubernetes API server: set KUBEBUILDER_ASSETS to a folder with"
                + " etcd, kube-apiserver, kube-controller-manager and kubectl, or start Docker for K3s");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ControlPlane.class;
    }

    @Override
    public ControlPlane resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The session's store closes what it holds when the JVM's tests are over.
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(ControlPlane.class, key -> start(), ControlPlane.class);
    }

    private static ControlPlane start() {
        String binaries = binaries();
        return binaries == null ? K3sControlPlane.start() : BinaryControlPlane.start(Path.of(binaries));
    }

    private static @Nullable String binaries() {
        String folder = System.getenv("KUBEBUILDER_ASSETS");
        return folder == null || folder.isBlank() ? null : folder;
    }
}
