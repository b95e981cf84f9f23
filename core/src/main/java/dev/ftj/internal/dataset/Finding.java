package dev.ftj.internal.dataset;

/** One error; line and column (in characters) count from 1. The message may quote the file, so sanitize it. */
public record Finding(Problem problem, long line, long column, String message) {}
