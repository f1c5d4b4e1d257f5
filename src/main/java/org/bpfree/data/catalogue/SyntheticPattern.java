package org.bpfree.data.catalogue;

import java.util.random.RandomGenerator;

/** The ten patterns of the synthetic images, each drawn with random place, size, phase and tilt. */
final class SyntheticPattern {
    private static final double TILT = Math.toRadians(10);

    private final int label;
    private final double centreRow;
    private final double centreColumn;
    private final double radius;
    private final double period;
    private final double phase;
    private final double cosine;
    private final double sine;

    private SyntheticPattern(int label, int height, int width, RandomGenerator random) {
        this.label = label;
        double side = Math.min(height, width);
        // Strokes a few pixels wide at every size, so that 3x3 filters see them; larger images get somewhat larger
        // patterns.
        double grain = Math.sqrt(side / 16);
        radius = 4.5 * grain * (1 + 0.2 * SyntheticImages.uniform(random));
        period = 3.6 * grain * (1 + 0.15 * SyntheticImages.uniform(random));
        phase = 2 * Math.PI * random.nextDouble();
        centreRow = height / 2.0 - 0.5 + (height / 2.0 - radius) * 0.9 * SyntheticImages.uniform(random);
        centreColumn = width / 2.0 - 0.5 + (width / 2.0 - radius) * 0.9 * SyntheticImages.uniform(random);
        double angle = turn(label) + TILT * SyntheticImages.uniform(random);
        cosine = Math.cos(angle);
        sine = Math.sin(angle);
    }

    /** Draws a pattern into {@code [height, width]} numbers from 0 (background) to 1 (ink). */
    static void draw(int label, int height, int width, RandomGenerator random, float[] out) {
        SyntheticPattern pattern = new SyntheticPattern(label, height, width, random);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                out[row * width + column] = (float) pattern.ink(row, column);
            }
        }
    }

    private static double turn(int label) {
        return switch (label) {
            case 1 -> Math.PI / 2;
            case 2 -> Math.PI / 4;
            case 3 -> -Math.PI / 4;
            default -> 0;
        };
    }

    private double ink(int row, int column) {
        double down = (row - centreRow) * cosine + (column - centreColumn) * sine;
        double right = (column - centreColumn) * cosine - (row - centreRow) * sine;
        double distance = Math.hypot(down, right);
        double reach = Math.max(Math.abs(down), Math.abs(right));
        double stroke = period / 3.2;
        return switch (label) {
            case 0, 1, 2, 3 -> inside(distance, radius * 1.25) * (0.5 + 0.5 * wave(down));
            case 4 -> inside(distance, radius * 1.25) * (0.5 + 0.5 * wave(down) * wave(right));
            case 5 -> inside(distance, radius * 0.75);
            case 6 -> inside(Math.abs(distance - radius * 0.8), stroke / 2);
            case 7 -> inside(reach, radius) * inside(Math.min(Math.abs(down), Math.abs(right)), stroke / 2);
            case 8 -> inside(Math.abs(reach - radius * 0.75), stroke / 2);
            case 9 -> inside(distance, radius * 1.25) * Math.max(0, wave(down)) * Math.max(0, wave(right));
            default -> throw new IllegalArgumentException("Class " + label + "; there are " + SyntheticImages.CLASSES);
        };
    }

    private double wave(double along) {
        return Math.sin(2 * Math.PI * along / period + phase);
    }

    /** 1 inside, 0 outside, with an edge of one pixel. */
    private static double inside(double distance, double limit) {
        return Math.max(0, Math.min(1, limit - distance + 0.5));
    }
}
