package org.bpfree.experiment;

import java.util.Optional;
import org.bpfree.binding.Origin;
import org.bpfree.binding.Origins;
import org.bpfree.binding.Problems;
import org.bpfree.binding.Source;

/** An experiment together with what it was read from. */
public final class LoadedExperiment {
    private final Experiment experiment;
    private final Source source;
    private final Origins origins;

    LoadedExperiment(Experiment experiment, Source source, Origins origins) {
        this.experiment = experiment;
        this.source = source;
        this.origins = origins;
    }

    /** The settings. */
    public Experiment experiment() {
        return experiment;
    }

    /** The name of the file, as the user gave it. */
    public String fileName() {
        return source.file();
    }

    /** The file's text, byte for byte when encoded in UTF-8. */
    public String sourceText() {
        return source.text();
    }

    /** Where a setting such as {@code model.layers.2.filters} comes from; empty when there is no such setting. */
    public Optional<Origin> origin(String path) {
        return origins.at(path);
    }

    /** A new, empty collection for problems found later, such as with a dataset's size; it knows the positions of all settings. */
    public Problems problems() {
        return new Problems(source, origins);
    }
}
