package dev.ftj.internal.http;

/** Carries an exception that a caller's own code threw during an exchange past the code that explains the others. */
public final class CallerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RuntimeException thrown;

    private CallerException(RuntimeException thrown) {
        super(thrown);
        this.thrown = thrown;
    }

    /** Runs a caller's code. */
    public static void carry(Runnable code) {
        try {
            code.run();
        } catch (RuntimeException e) {
            throw new CallerException(e);
        }
    }

    RuntimeException thrown() {
        return thrown;
    }
}
