package dev.ftj.internal.dataset;

/**
 * One error, and its position.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters
 * @param message one clause; it may quote the file, so sanitize it before it is shown
 */
public record Finding(Problem problem, long line, long column, String message) {}
