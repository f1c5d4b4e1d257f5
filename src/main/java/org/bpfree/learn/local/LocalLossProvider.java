package org.bpfree.learn.local;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Node;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.tensor.Precision;

/** Announces greedy local losses. */
public final class LocalLossProvider extends TypedProvider<LocalLossSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public LocalLossProvider() {
        super(
                LocalLossSettings.class,
                "Greedy blocks: each learns by a classifier and a similarity loss of its own, and no error passes between them.",
                "Nøkland, Eidnes: Training Neural Networks with Local Error Signals, arXiv 1901.06656, 2019",
                LocalLossProvider::learner);
    }

    @Override
    public void check(LocalLossSettings settings, Setup setup, Findings findings) {
        List<Node> ends = Blocks.ends(setup.graph(), settings.granularity());
        BlockChecks.check(setup.graph(), ends, "local-loss", settings.granularity(), findings);
        for (Node end : ends) {
            if (settings.similarity() > 0 && end.shape().rank() == 2) {
                findings.misfit(
                        end,
                        "the similarity loss compares vectors and maps, not tokens " + end.shape()
                                + ". Set learner.loss: pred.");
            }
        }
    }

    private static Learner learner(LocalLossSettings settings, LearnerContext context) {
        return new BlockLearner(
                context, Blocks.ends(context.graph(), settings.granularity()), end -> heads(end, settings, context));
    }

    private static List<Head> heads(Node end, LocalLossSettings settings, LearnerContext context) {
        double similarity = settings.similarity();
        List<Head> heads = new ArrayList<>();
        if (similarity < 1) {
            ClassifierHead.Form form = new ClassifierHead.Form(
                    1 - similarity, settings.headInputs(), true, Initializer.ZEROS, settings.headOptimizer());
            heads.add(new ClassifierHead(end, form, context));
        }
        if (similarity > 0) {
            heads.add(new SimilarityHead(end, similarity, settings.headOptimizer(), context));
        }
        return heads;
    }

    @Override
    public List<Promise> promises(LocalLossSettings settings, Graph graph, Precision precision) {
        return List.of(Promises.outputLayerExact(Promises.rounding(precision)));
    }
}
