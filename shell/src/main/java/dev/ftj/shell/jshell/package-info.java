/**
 * {@code ftj-jshell SCRIPT}: runs a jshell script in this JVM, and stops where it fails.
 *
 * <p>A short tour: {@link dev.ftj.shell.jshell.RunScript} is the program. It reads a {@code ScriptSource}, which a
 * {@code ScriptRun} hands to the JDK's jshell snippet by snippet; what stops it is a {@code Ending}, whose line in the file
 * {@code Whereabouts} finds. {@link dev.ftj.shell.jshell.Prelude} is what a script has without an import. Nothing of
 * Spring Shell is needed here, or on the class path.
 */
@NullMarked
package dev.ftj.shell.jshell;

import org.jspecify.annotations.NullMarked;
