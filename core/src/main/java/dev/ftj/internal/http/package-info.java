/**
 * One exchange with a server: requests, retries, deadlines, cancellation, proxies and TLS. The only package that uses
 * OkHttp. It knows nothing of jobs or JSON: {@code dev.ftj} says what to send and turns {@link HttpFailure} into its own
 * exception.
 */
@NullMarked
package dev.ftj.internal.http;

import org.jspecify.annotations.NullMarked;
