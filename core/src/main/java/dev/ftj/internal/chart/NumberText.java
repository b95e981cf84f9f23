package dev.ftj.internal.chart;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers for people: a few digits, the same in every locale. */
public final class NumberText {
    private static final int DIGITS = 4;
    private static final int LARGEST_EXPONENT = 9;
    private static final int SMALLEST_EXPONENT = -5;

    private NumberText() {}

    /**
     * {@return a number with four significant digits, and with all its whole digits, such as {@code 0.4123},
     * {@code 2e-7}}
     */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(value);
        int whole = exact.precision() - exact.scale();
        boolean plain = whole <= LARGEST_EXPONENT;
        return of(exact.round(new MathContext(plain ? Math.max(DIGITS, whole) : DIGITS)));
    }

    /** Returns all digits of a number, without trailing zeros. */
    static String of(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= SMALLEST_EXPONENT && exponent < LARGEST_EXPONENT) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().abs().toString();
        return (stripped.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e"
                + exponent;
    }
}
