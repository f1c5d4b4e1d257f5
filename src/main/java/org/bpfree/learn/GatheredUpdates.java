package org.bpfree.learn;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Where nodes write the updates of their parameters: of those that share one, the first writes it, the others add theirs. */
public final class GatheredUpdates {
    private final Arena arena;
    private final Function<Parameter, Tensor> update;
    private final Set<Parameter> written = new HashSet<>();

    /**
     * Updates that nothing has written yet.
     *
     * @param arena where those are kept that are to be added
     * @param update of a parameter, or null when it is not trained
     */
    public GatheredUpdates(Arena arena, Function<Parameter, Tensor> update) {
        this.arena = arena;
        this.update = update;
    }

    /**
     * What a node is bound to.
     *
     * @param gradients where it writes the update of each parameter; null entries are not wanted
     * @param additions run after it
     */
    public record Part(Tensor[] gradients, Routine additions) {}

    /** The part of the next node; nodes run in the order in which this is asked. */
    public Part of(Node node) {
        Tensor[] gradients = new Tensor[node.parameters().size()];
        Routine additions = Routine.NOTHING;
        for (int i = 0; i < gradients.length; i++) {
            Parameter parameter = node.parameters().get(i);
            Tensor whole = update.apply(parameter);
            boolean first = whole == null || written.add(parameter);
            gradients[i] = first ? whole : arena.fixed("part/" + node.name() + "/" + parameter.key(), whole.shape());
            if (!first) {
                additions = additions.then(Elementwise.add(whole, gradients[i], whole));
            }
        }
        return new Part(gradients, additions);
    }
}
