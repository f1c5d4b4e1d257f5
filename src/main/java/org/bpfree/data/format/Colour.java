package org.bpfree.data.format;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A colour.
 *
 * @param red 0..255
 * @param green 0..255
 * @param blue 0..255
 */
public record Colour(int red, int green, int blue) {
    /** The ground of MNIST and Fashion-MNIST. */
    public static final Colour BLACK = new Colour(0, 0, 0);

    /** The weight of red in the luma of ITU-R BT.601. */
    static final double RED_SHARE = 0.299;

    /** The weight of green. */
    static final double GREEN_SHARE = 0.587;

    /** The weight of blue. */
    static final double BLUE_SHARE = 0.114;

    private static final Map<String, Colour> NAMED =
            Map.of("black", BLACK, "grey", new Colour(128, 128, 128), "white", new Colour(255, 255, 255));

    /** The colour that a text names: {@code black}, {@code grey}, {@code white} or {@code #RRGGBB}; nothing for another text. */
    public static Optional<Colour> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (NAMED.containsKey(lower)) {
            return Optional.of(NAMED.get(lower));
        }
        if (!lower.matches("#[0-9a-f]{6}")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(lower.substring(1), 16);
        return Optional.of(new Colour(value >> 16, value >> 8 & 0xff, value & 0xff));
    }
}
