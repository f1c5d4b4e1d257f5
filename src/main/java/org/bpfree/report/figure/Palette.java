package org.bpfree.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.ArrayList;
import java.util.List;

/**
 * Colours, dashes and markers of figures: those of the report on white ground ({@code report.css}, {@code charts.js}), which a test holds
 * to be the same. Colours stay apart for readers who confuse red and green, and no two of 28 lines have colour, dash and marker in common.
 */
final class Palette {
    static final Color TEXT = new Color(0x1b1f24);
    static final Color FAINT = new Color(0x57606a);
    static final Color LINE = new Color(0xd0d7de);

    static final List<Color> COLOURS = List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x00875f),
            new Color(0xb8508f),
            new Color(0xc28a00),
            new Color(0x3aa0e0),
            new Color(0x6f4fa8));

    static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");
    static final String CONTROL_DASH = "4 4";
    static final String CHANCE_DASH = "1 4";

    private static final double WIDTH = 1.8;
    private static final double ROLE_WIDTH = 2.5;

    /** What a line stands for in a comparison. */
    enum Role {
        /** Black. */
        REFERENCE,
        /** Grey and dashed. */
        CONTROL,
        NONE
    }

    /**
     * How a line looks.
     *
     * @param dash lengths of strokes and gaps; empty for none
     * @param width in pixels of CSS
     */
    record Look(Color colour, String dash, Marker marker, double width) {
        Stroke stroke() {
            return stroked(width, dash);
        }
    }

    private Palette() {}

    /** A look each, no two alike while there are no more than 28 without a role. */
    static List<Look> looks(List<Role> roles) {
        List<Look> looks = new ArrayList<>();
        int next = 0;
        for (Role role : roles) {
            if (role == Role.REFERENCE) {
                looks.add(new Look(TEXT, "", Marker.CIRCLE, ROLE_WIDTH));
            } else if (role == Role.CONTROL) {
                looks.add(new Look(FAINT, CONTROL_DASH, Marker.CIRCLE, ROLE_WIDTH));
            } else {
                int turn = next / COLOURS.size();
                Marker[] markers = Marker.values();
                looks.add(new Look(
                        COLOURS.get(next % COLOURS.size()),
                        DASHES.get(turn % DASHES.size()),
                        markers[(next + turn) % markers.length],
                        WIDTH));
                next++;
            }
        }
        return looks;
    }

    static Stroke stroked(double width, String dash) {
        if (dash.isEmpty()) {
            return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
        }
        String[] lengths = dash.split(" ");
        float[] array = new float[lengths.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = Float.parseFloat(lengths[i]);
        }
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, array, 0);
    }
}
