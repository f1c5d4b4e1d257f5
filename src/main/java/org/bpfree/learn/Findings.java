package org.bpfree.learn;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Node;

/** What a learner finds of an experiment before anything runs: what it cannot work with, and what is worth knowing. */
public final class Findings {
    private final List<Misfit> misfits = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** A node that the learner cannot work with: what is wrong, with the value, what is allowed, and what to do. */
    public void misfit(Node node, String message) {
        misfits.add(new Misfit(node.name(), "", message));
    }

    /** A setting of the learner that does not fit; the message as of {@link #misfit(Node, String)}. */
    public void misfit(String setting, String message) {
        misfits.add(new Misfit("", setting, message));
    }

    /** Something that is allowed but probably not meant, or worth knowing before a long run: a sentence. */
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    /** Everything the learner cannot work with. */
    public List<Misfit> misfits() {
        return List.copyOf(misfits);
    }

    /** Everything worth knowing. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
