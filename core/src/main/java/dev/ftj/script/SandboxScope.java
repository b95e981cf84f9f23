package dev.ftj.script;

import dev.ftj.sandbox.Sandbox;
import java.util.List;

/**
 * The simulated API that {@link FineTune#sandbox()} points the helpers at, until this is closed.
 *
 * @since 0.1.0
 */
public final class SandboxScope implements AutoCloseable {
    private final Sandbox sandbox;
    private final Runnable whenClosed;

    SandboxScope(Sandbox sandbox, Runnable whenClosed) {
        this.sandbox = sandbox;
        this.whenClosed = whenClosed;
    }

    /**
     * {@return the id of a job to start with, {@link Sandbox#SAMPLE_JOB_ID}: the sample of the API's reference page}
     */
    public String sampleId() {
        return Sandbox.SAMPLE_JOB_ID;
    }

    /**
     * {@return the sample ids, the sample first: jobs in every status, jobs that end within seconds, every error;
     * unmodifiable}
     */
    public List<String> jobIds() {
        return sandbox.jobIds();
    }

    /** Restores the previous client of the helpers; does nothing the second time. */
    @Override
    public void close() {
        whenClosed.run();
        sandbox.close();
    }

    /** {@return one line with an example, such as {@code a simulated API: try job("ftj-1")}} */
    @Override
    public String toString() {
        return "a simulated API: try job(\"" + sampleId() + "\"), or one of jobIds(); close() ends it";
    }
}
