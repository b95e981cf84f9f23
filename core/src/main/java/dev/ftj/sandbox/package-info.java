/**
 * The simulated fine-tune API: real HTTP on loopback, made-up jobs, no key and no network needed.
 *
 * <p>A short tour: {@link dev.ftj.sandbox.Sandbox} is the server and the only public type. An {@code Exchange} takes a
 * {@code Request} through the weather ({@code Storm}) to the {@code Api}, and its {@code Answer} back; a {@code Route}
 * is what a path leads to. {@code Jobs} holds the jobs that there are by now, at first those of the {@code Catalogue};
 * each is a {@code Job} with a {@code Life} (which status it has at which instant) and a {@code Training} (its
 * metrics). What a request says is read by {@code Query}, or by {@code Body}, {@code Field} and {@code Order};
 * {@code Invalid}, {@code Errors} and {@code Faults} hold what goes wrong, in every documented body shape. Nothing in
 * here knows the client: both sides meet on the wire alone.
 */
@NullMarked
package dev.ftj.sandbox;

import org.jspecify.annotations.NullMarked;
