package org.bpfree.binding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfree.failure.Failure;

/** Collects everything that is wrong with an experiment, so that a user mends it in one go. */
public final class Problems {
    private final Source source;
    private final Origins origins;
    private final List<Problem> list = new ArrayList<>();

    public Problems(Source source, Origins origins) {
        this.source = source;
        this.origins = origins;
    }

    /**
     * Reports a problem with a setting, at the place where it was written; for one left to its default, at the block around it.
     *
     * @param path the setting, such as {@code model.layers.3.kernel}
     * @param message what is wrong, with the value, and what is allowed
     */
    public void add(String path, String message) {
        add(origins.nearest(path), path, message);
    }

    void add(Origin origin, String path, String message) {
        list.add(new Problem(origin, path, message, source.locate(origin, path) + message + source.excerpt(origin)));
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** All problems, sorted by position. */
    public List<Problem> sorted() {
        return list.stream().sorted(Comparator.comparing(Problem::origin)).toList();
    }

    private Failure.Finding finding(Problem problem) {
        boolean override = problem.origin() instanceof Origin.InOverride;
        int line = problem.origin() instanceof Origin.InFile at ? at.line() : 0;
        int column = problem.origin() instanceof Origin.InFile at ? at.column() : 0;
        return new Failure.Finding(override ? "" : source.file(), line, column, problem.path(), problem.message());
    }

    /** Fails with all problems, if there are any, and hints on what to do next. */
    public void throwIfAny(String... hints) {
        if (!isEmpty()) {
            String count = list.size() == 1 ? "1 problem" : list.size() + " problems";
            String all = sorted().stream().map(Problem::text).collect(Collectors.joining("\n"));
            throw Failure.usage(
                    count + " in " + source.file() + "\n" + all,
                    sorted().stream().map(this::finding).toList(),
                    hints);
        }
    }
}
