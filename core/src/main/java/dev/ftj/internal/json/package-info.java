/**
 * Server text and JSON values. {@link dev.ftj.internal.json.RawJson} is a parsed view over the server's own text;
 * {@link dev.ftj.internal.json.JsonArrayStream} reads an array of any length, element by element;
 * {@link dev.ftj.internal.json.JsonLine} checks a line of a file. Only this package uses Jackson.
 */
@NullMarked
package dev.ftj.internal.json;

import org.jspecify.annotations.NullMarked;
