/**
 * The simulated fine-tune API: real HTTP on loopback, made-up jobs, no key and no network needed.
 *
 * <p>A short tour: {@link dev.ftj.sandbox.Sandbox} is the server and the only public type. {@code Api} routes a
 * {@code Request} to an {@code Answer}; {@code Catalogue} holds the jobs, each a {@code Job} with a {@code Life} (which
 * status it has at which instant); {@code Errors} and {@code Faults} hold what goes wrong, in every documented body
 * shape. Nothing in here knows the client: both sides meet on the wire alone.
 */
@NullMarked
package dev.ftj.sandbox;

import org.jspecify.annotations.NullMarked;
