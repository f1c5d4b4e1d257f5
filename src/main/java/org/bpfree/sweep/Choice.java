package org.bpfree.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value that a cell gives to a setting of the base.
 *
 * @param path the setting, such as {@code optimizer.learningRate}
 * @param value as YAML on one line
 * @param place where in the sweep file the value stands, such as {@code grid.optimizer.learningRate.0}
 */
public record Choice(String path, String value, String place) {
    /** The option {@code --set} that means the same. */
    String override() {
        return path + "=" + value;
    }

    /** Where in the sweep file all values of the setting stand, such as {@code grid.optimizer.learningRate}. */
    String axis() {
        return place.substring(0, place.lastIndexOf(path) + path.length());
    }

    /** Whether the other's setting lies inside this one's, so that this value replaces it or is changed by it. */
    public boolean encloses(Choice other) {
        return other.path.startsWith(path + ".");
    }

    /** The choices of each cell, seeds left out: combinations of the grid, the last key turning fastest, then explicit cells. */
    static List<List<Choice>> combinations(SweepSettings sweep) {
        List<List<Choice>> combinations = new ArrayList<>();
        if (!sweep.grid().isEmpty() || sweep.cells().isEmpty()) {
            combinations.add(List.of());
        }
        combinations = product(combinations, sweep.grid(), "grid");
        for (int i = 0; i < sweep.cells().size(); i++) {
            String place = "cells." + i + ".";
            combinations.add(sweep.cells().get(i).entrySet().stream()
                    .map(each -> new Choice(each.getKey(), each.getValue().text(), place + each.getKey()))
                    .toList());
        }
        return combinations;
    }

    /**
     * Every combination with every value of some axes, the last axis turning fastest.
     *
     * @param place where the axes stand in their file
     */
    public static List<List<Choice>> product(List<List<Choice>> combinations, Map<String, Axis> axes, String place) {
        List<List<Choice>> product = combinations;
        for (Map.Entry<String, Axis> axis : axes.entrySet()) {
            String path = axis.getKey();
            List<String> values = axis.getValue().texts();
            List<List<Choice>> longer = new ArrayList<>();
            for (List<Choice> shorter : product) {
                for (int i = 0; i < values.size(); i++) {
                    String at = place + "." + path + axis.getValue().place(i);
                    longer.add(append(shorter, new Choice(path, values.get(i), at)));
                }
            }
            product = longer;
        }
        return product;
    }

    /** A value of every cell from the command line, such as {@code training.epochs=1}; one without '=' is refused with the cells. */
    static Choice ofOption(String option) {
        int equals = option.indexOf('=');
        String path = equals < 0 ? option : option.substring(0, equals);
        return new Choice(path, equals < 0 ? "" : option.substring(equals + 1), "--set " + path);
    }

    /** What all cells share. */
    static List<Choice> shared(SweepSettings sweep) {
        return sweep.set().entrySet().stream()
                .map(each -> new Choice(each.getKey(), each.getValue().text(), "set." + each.getKey()))
                .toList();
    }

    /** The choices of every cell: each combination with each seed. */
    static List<List<Choice>> cells(SweepSettings sweep) {
        List<List<Choice>> cells = new ArrayList<>();
        for (List<Choice> combination : combinations(sweep)) {
            for (int i = 0; i < sweep.seeds().size(); i++) {
                String seed = String.valueOf(sweep.seeds().get(i));
                cells.add(append(combination, new Choice("seed", seed, "seeds." + i)));
            }
            if (sweep.seeds().isEmpty()) {
                cells.add(combination);
            }
        }
        return cells;
    }

    private static List<Choice> append(List<Choice> choices, Choice next) {
        List<Choice> longer = new ArrayList<>(choices);
        longer.add(next);
        return List.copyOf(longer);
    }
}
