package dev.portcullis.live;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.Origins;
import dev.portcullis.resource.PolicyException;
import dev.portcullis.resource.PolicyFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the policies of files in force as they change. Looks at them twice a second, and reads them once they have been the
 * same for two looks, so that what is half written, half copied or half moved is not taken. What cannot be used as a whole
 * leaves what there was in force.
 */
public final class PolicyWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Files that never rest are read all the same. */
    private static final int MOST_RESTLESS_LOOKS = 10;

    /** Whoever replaces files may remove the old ones first. */
    private static final int LOOKS_AT_NOTHING = 4;

    /** What could not be read may be readable again without any change to be seen. */
    private static final int LOOKS_BETWEEN_TRIES = 20;

    private final Path path;
    private final Set<String> exemptionNamespaces;
    private final Supplier<PolicySet> builtIn;
    private final InForce inForce;
    private final Alarms alarms;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("policy-files").daemon().factory());
    private volatile Origins origins;
    private FileState taken;
    private @Nullable FileState seen;
    private int looks;
    private @Nullable String refusal;
    private int looksSinceRefusal;

    private PolicyWatch(
            Path path,
            Set<String> exemptionNamespaces,
            Supplier<PolicySet> builtIn,
            FileState taken,
            PolicyFiles.Loaded loaded,
            Alarms alarms) {
        this.path = path;
        this.exemptionNamespaces = exemptionNamespaces;
        this.builtIn = builtIn;
        this.taken = taken;
        this.inForce = new InForce(loaded.set());
        this.origins = loaded.origins();
        this.alarms = alarms;
    }

    /**
     * Reads the files, which must be good; {@link #start} makes it look again.
     *
     * @param exemptionNamespaces those whose exemptions every policy heeds
     * @param builtIn what is in force once there are no files any more
     * @throws PolicyException telling everything that is wrong
     */
    public static PolicyWatch read(
            Path path, Set<String> exemptionNamespaces, Supplier<PolicySet> builtIn, Alarms alarms)
            throws PolicyException {
        FileState state = FileState.of(path);
        PolicyFiles.Loaded loaded = PolicyFiles.load(path, exemptionNamespaces);
        return new PolicyWatch(path, exemptionNamespaces, builtIn, state, loaded, alarms);
    }

    /** What is in force. */
    public InForce inForce() {
        return inForce;
    }

    /** Where what is in force comes from, and why newer files are not used. */
    public Origins origins() {
        return origins;
    }

    /** Looks from now on. */
    public void start() {
        var _ = looker.scheduleWithFixedDelay(this::tryLook, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    // A look that breaks must not be the last.
    @SuppressWarnings("CatchingUnchecked")
    private void tryLook() {
        try {
            look();
        } catch (RuntimeException fault) {
            alarms.broken("the policies in " + path + " could not be read again", fault);
        }
    }

    /** One look. */
    void look() {
        FileState now = FileState.of(path);
        if (now.equals(taken)) {
            seen = null;
            looks = 0;
            tryAgain(now);
            return;
        }
        boolean rests = now.equals(seen);
        seen = now;
        looks++;
        boolean enough = now.isEmpty() ? looks >= LOOKS_AT_NOTHING : looks >= MOST_RESTLESS_LOOKS;
        if (enough || (rests && !now.isEmpty())) {
            // Before the reading, so that what changes meanwhile is seen next time.
            taken = now;
            seen = null;
            looks = 0;
            take(now);
        }
    }

    private void tryAgain(FileState state) {
        if (refusal != null && ++looksSinceRefusal >= LOOKS_BETWEEN_TRIES) {
            take(state);
        }
    }

    private void take(FileState state) {
        if (state.isEmpty()) {
            refusal = null;
            PolicySet fallback = builtIn.get();
            alarms.invalid(0);
            String alarm = "no policy is left in " + path + ": the built-in policy is in force as " + fallback.version()
                    + "; put a policy there";
            alarms.builtIn(true, alarm);
            origins = new Origins(alarm, List.of(), List.of(), List.of());
            inForce.put(fallback);
            return;
        }
        try {
            PolicyFiles.Loaded loaded = PolicyFiles.load(path, exemptionNamespaces);
            PolicySet read = loaded.set();
            origins = loaded.origins();
            refusal = null;
            alarms.invalid(0);
            alarms.builtIn(false, "");
            if (!read.version().equals(inForce.get().version())) {
                inForce.put(read);
                alarms.loaded("policies of " + path + " are in force as " + read.version());
            }
        } catch (PolicyException wrong) {
            refuse(wrong.getMessage().replace('\n', ';'));
        }
    }

    /** Told once, however often it is tried. */
    private void refuse(String problem) {
        alarms.invalid(1);
        String told = "policies of " + path + " cannot be used, and those before stay in force: " + problem;
        if (!problem.equals(refusal)) {
            alarms.refused(told);
        }
        origins = new Origins(told, origins.policies(), origins.exemptions(), origins.documents());
        refusal = problem;
        looksSinceRefusal = 0;
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }
}
