/**
 * The simulated fine-tune API: real HTTP on loopback, made-up jobs, no key and no network needed.
 *
 * <p>{@link dev.ftj.sandbox.Sandbox} is the server and the only public type. {@code RequestHandler} takes a request
 * from the socket, past the {@code FaultInjector}, to the {@code SimulatedApi}, which holds the jobs. Each is a
 * {@code SimulatedJob} with a {@code JobLifecycle} (its status at any instant) and {@code SimulatedMetrics}. The jobs
 * of the start are read by {@code SampleJobs} from {@code sample-jobs.json}, and every {@code ErrorResponse} from
 * {@code errors.json}; a request that is not valid gets a 422 with {@code {"detail": [{"loc", "msg", "type"}]}}, which
 * names the first problem. Nothing in this package uses the client: they meet only on the wire.
 */
@NullMarked
package dev.ftj.sandbox;

import org.jspecify.annotations.NullMarked;
