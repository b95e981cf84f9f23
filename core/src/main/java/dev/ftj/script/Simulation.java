package dev.ftj.script;

import dev.ftj.sandbox.Sandbox;
import java.util.List;

/** The simulated API that {@link FineTune#sandbox()} points the helpers at, until this is closed. */
public final class Simulation implements AutoCloseable {
    private final Sandbox sandbox;
    private final Runnable whenClosed;

    Simulation(Sandbox sandbox, Runnable whenClosed) {
        this.sandbox = sandbox;
        this.whenClosed = whenClosed;
    }

    /**
     * The id of a job to begin with, the sample of the API's reference page.
     *
     * @return {@link Sandbox#SAMPLE_JOB_ID}
     */
    public String sampleId() {
        return Sandbox.SAMPLE_JOB_ID;
    }

    /**
     * The ids that are worth trying: jobs in every status, jobs that live through their life in seconds, every error.
     *
     * @return unmodifiable, the sample first
     */
    public List<String> jobIds() {
        return sandbox.jobIds();
    }

    /** Has the helpers use what they used before; does nothing the second time. */
    @Override
    public void close() {
        whenClosed.run();
        sandbox.close();
    }

    /**
     * One line that says what to try.
     *
     * @return with the sample's id
     */
    @Override
    public String toString() {
        return "a simulated API: try job(\"" + sampleId() + "\"), or one of jobIds(); close() ends it";
    }
}
