package org.bpfree.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.binding.AnyValue;
import org.bpfree.binding.FolderName;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;

/**
 * A sweep file. Its cells are every combination of the values of the grid, then the explicit cells, each with every seed; without
 * grid and cells, the base with every seed.
 *
 * @param name of the sweep and of the folder of its runs
 * @param base the experiment that cells change, relative to the sweep file
 * @param set values of every cell by path; a cell's own value of the same path wins
 * @param grid values by the path of the setting they are for, such as {@code optimizer.learningRate}: a list or an {@link Axis}
 * @param cells values by path, one block a cell
 * @param seeds seeds of each cell; empty for the seed of the base alone
 */
public record SweepSettings(
        @Doc("Name of the sweep and of the folder of its runs.")
        String name,

        @Doc("The experiment that cells change: a path relative to this file.")
        String base,

        @Doc("Values of every cell by the path of their setting.") @Default("{}")
        Map<String, AnyValue> set,

        @Doc(
                "Values by the path of their setting, a list or a range such as {log: [1.0e-4, 1.0, 9]}; every combination is a cell.")
        @Default("{}")
        Map<String, Axis> grid,

        @Doc("Values by the path of their setting; every block is a cell.") @Default("[]")
        List<Map<String, AnyValue>> cells,

        @Doc("Seeds of each cell; empty for the seed of the base alone.") @Default("[]")
        List<Long> seeds) {

    private static final String SEED = "seed";

    /** Checks what can be told without the base. */
    public SweepSettings {
        FolderName.require(name);
        forbidSeed("set", set);
        forbidSeed("grid", grid);
        cells.forEach(cell -> forbidSeed("cells", cell));
        Set<Long> seen = new HashSet<>();
        for (long seed : seeds) {
            if (!seen.add(seed)) {
                throw new InvalidSetting("seeds", "holds " + seed + " twice. Every seed counts once.");
            }
        }
    }

    /** This sweep with other seeds. */
    SweepSettings withSeeds(List<Long> others) {
        return new SweepSettings(name, base, set, grid, cells, List.copyOf(others));
    }

    private static void forbidSeed(String component, Map<String, ?> values) {
        if (values.containsKey(SEED)) {
            throw new InvalidSetting(
                    component,
                    "'seed' cannot be set here. Write 'seeds: [1, 2, 3]', so that means over seeds can be taken.");
        }
    }
}
