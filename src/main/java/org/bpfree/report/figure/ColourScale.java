package org.bpfree.report.figure;

import java.util.List;
import java.util.Locale;

/**
 * Which colour a number has: signed numbers go from blue over near white at zero to brown, with equal numbers of either sign equally dark;
 * numbers without a sign go from dark at zero to light; weights of red, green and blue inputs are these colours, grey at zero.
 *
 * @param kind which of these
 * @param most the largest distance from zero, above 0 and finite, where the colours end
 */
record ColourScale(Kind kind, double most) {
    /** Of numbers that are none. */
    static final int NOT_FINITE = 0xff808080;

    private static final int[] BELOW = {0xf7f7f7, 0x5fb0e6, 0x00406e};
    private static final int[] ABOVE = {0xf7f7f7, 0xee9c62, 0x7a2b00};
    private static final int[] UNSIGNED = {0x0d1526, 0x0b4a86, 0x1b87b8, 0x6cc7b0, 0xfdf6c9};
    private static final int OPAQUE = 0xff000000;
    private static final int GREY = 128;

    /** What the numbers are. */
    enum Kind {
        SIGNED,
        UNSIGNED,
        COLOURS
    }

    /**
     * The scale that all of these numbers have in common; numbers that are not finite have no say.
     *
     * @param channels of a picture, 1 or 3: red, green and blue
     */
    static ColourScale of(List<double[]> pictures, int channels) {
        double most = 0;
        boolean signed = false;
        for (double[] picture : pictures) {
            for (double value : picture) {
                if (Double.isFinite(value)) {
                    most = Math.max(most, Math.abs(value));
                    signed |= value < 0;
                }
            }
        }
        Kind kind = channels == 3 ? Kind.COLOURS : signed ? Kind.SIGNED : Kind.UNSIGNED;
        return new ColourScale(kind, most == 0 ? 1 : most);
    }

    /** What zero looks like. */
    String zeroInWords() {
        return switch (kind) {
            case SIGNED -> "white, negative blue";
            case UNSIGNED -> "dark";
            case COLOURS -> "grey in each of red, green and blue";
        };
    }

    /** Where the scale begins. */
    double low() {
        return kind == Kind.UNSIGNED ? 0 : -most;
    }

    /** The colour of a number, opaque. */
    int colour(double value) {
        if (!Double.isFinite(value)) {
            return NOT_FINITE;
        }
        double share = Math.max(-1, Math.min(1, value / most));
        return switch (kind) {
            case SIGNED -> between(share < 0 ? BELOW : ABOVE, Math.abs(share));
            case UNSIGNED -> between(UNSIGNED, Math.max(0, share));
            case COLOURS -> colour(value, value, value);
        };
    }

    /** The colour of weights of red, green and blue inputs, opaque. */
    int colour(double red, double green, double blue) {
        return OPAQUE | part(red) << 16 | part(green) << 8 | part(blue);
    }

    private int part(double value) {
        double share = Math.max(-1, Math.min(1, value / most));
        return (int) Math.round(GREY + share * (GREY - 1)); // 1..255, so that zero is in the middle
    }

    private static int between(int[] colours, double share) {
        double place = share * (colours.length - 1);
        int from = Math.min((int) place, colours.length - 2);
        double rest = place - from;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int first = colours[from] >> shift & 0xff;
            int next = colours[from + 1] >> shift & 0xff;
            colour |= (int) Math.round(first + rest * (next - first)) << shift;
        }
        return OPAQUE | colour;
    }

    /** A number of the scale, in three digits. */
    static String text(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        String sign = value < 0 ? "−" : "";
        if (size >= 1e5 || size < 1e-3) {
            return sign + String.format(Locale.ROOT, "%.2e", size);
        }
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return sign + String.format(Locale.ROOT, "%." + digits + "f", size);
    }
}
