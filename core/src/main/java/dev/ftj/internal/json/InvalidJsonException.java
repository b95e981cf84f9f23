package dev.ftj.internal.json;

/** A text is not one well-formed JSON value, or is nested too deeply. */
public final class InvalidJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final boolean tooDeep;

    InvalidJsonException(String message, boolean tooDeep, Throwable cause) {
        super(message, cause);
        this.tooDeep = tooDeep;
    }

    /** Returns whether the value is nested deeper than {@link RawJson#MAX_DEPTH} levels; false if it is malformed. */
    public boolean isTooDeep() {
        return tooDeep;
    }
}
