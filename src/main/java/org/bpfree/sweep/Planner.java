package org.bpfree.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bpfree.binding.LoadedSettings;
import org.bpfree.binding.Problems;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.InstalledTypes;

/** Makes the plan of a sweep file: expands its cells and checks the experiment of each. */
public final class Planner {
    private final Path sweepFile;
    private final List<String> set;
    private final List<Long> seeds;
    private final Consumer<String> note;
    private final boolean shipped;
    private final LoadedSettings<SweepSettings> loaded;

    /**
     * Reads a sweep file.
     *
     * @throws org.bpfree.failure.Failure with all problems of the file itself
     */
    public Planner(Path sweepFile) {
        this(sweepFile, List.of(), List.of());
    }

    /**
     * Reads a sweep file.
     *
     * @param set values of every cell as {@code path=value}; they win over the file's {@code set}, and a cell's own value over them
     * @param seeds of each cell in place of the file's; empty for the file's
     * @throws org.bpfree.failure.Failure with all problems of the file itself
     */
    public Planner(Path sweepFile, List<String> set, List<Long> seeds) {
        this(sweepFile, set, seeds, note -> {});
    }

    /** As {@link #Planner(Path, List, List)}; tells when the sweep or its base is a shipped one. */
    public Planner(Path sweepFile, List<String> set, List<Long> seeds, Consumer<String> note) {
        this.sweepFile = sweepFile;
        this.set = set;
        this.seeds = seeds;
        this.note = note;
        ConfigText text = ConfigText.read(sweepFile, note);
        shipped = text.shipped();
        loaded = new SettingsLoader(InstalledTypes.find())
                .load(SweepSettings.class, text.name(), text.text(), "a sweep");
    }

    /**
     * The plan.
     *
     * @param planFile where it will be; the path of the base is kept relative to it
     * @throws org.bpfree.failure.Failure with the problems of all cells, each with its place in the sweep file
     */
    public CellExpansion.Expanded plan(Path planFile) {
        SweepSettings sweep =
                seeds.isEmpty() ? loaded.settings() : loaded.settings().withSeeds(seeds);
        Problems problems = loaded.problems();
        Base base = Base.find(sweepFile, shipped, sweep.base(), note, problems);
        problems.throwIfAny();
        List<Choice> shared = new ArrayList<>(Choice.shared(sweep));
        set.stream().map(Choice::ofOption).forEach(shared::add);
        List<CellExpansion.Request> requests = Choice.cells(sweep).stream()
                .map(choices -> new CellExpansion.Request(null, shared, choices))
                .toList();
        CellExpansion.refuseOverlaps(requests, problems);
        return new CellExpansion(sweep.name(), base).expand(requests, planFile, problems);
    }
}
