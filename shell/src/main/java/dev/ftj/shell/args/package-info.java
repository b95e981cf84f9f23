/**
 * From words to Spring Shell's {@code ParsedInput}: the tokenizer of the prompt, the table of options, one grammar for
 * argv and prompt, and the help that is made from the same tables. Knows no command, no job and no terminal.
 */
@NullMarked
package dev.ftj.shell.args;

import org.jspecify.annotations.NullMarked;
