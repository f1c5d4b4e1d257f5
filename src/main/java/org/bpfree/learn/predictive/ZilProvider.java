package org.bpfree.learn.predictive;

import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.learn.predictive.ZilSettings.Schedule;

/** Announces Z-IL. */
public final class ZilProvider extends TypedProvider<ZilSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public ZilProvider() {
        super(
                ZilSettings.class,
                "Predictive coding whose schedule makes every update backpropagation's, on any network.",
                "Salvatori, Song, Xu, Lukasiewicz, Bogacz: Reverse Differentiation via Predictive Coding, arXiv 2103.04689, 2021; Song, Lukasiewicz, Xu, Bogacz: Can the Brain Do Backpropagation? Exact Implementation of Backpropagation in Predictive Coding Networks, 2020",
                ZilProvider::learner);
    }

    @Override
    public void check(ZilSettings settings, Setup setup, Findings findings) {
        BackpropProvider.requireDerivatives(setup.graph(), "z-il", findings);
        if (settings.schedule() == Schedule.FRONT && settings.needsFull()) {
            findings.misfit(
                    "schedule",
                    "front visits each node once, at its level, so levelling off, a firing other than level and initialNoise"
                            + " have no meaning. Set schedule: full.");
        }
        if (settings.extraRounds() > 0 && !settings.detects()) {
            findings.misfit(
                    "extraRounds",
                    "has no effect but with firing: detected, since all other parameters have learned by then. Set 0.");
        }
        if (settings.detects()) {
            findings.warning(
                    "with firing: detected the update is backpropagation's where no element of an error is exactly zero when it"
                            + " arrives, which rectifiers and max-pools do not give.");
        } else if (!settings.exact()) {
            findings.warning(
                    "this z-il is a negative control: with levelling off, gamma other than 1, a firing other than level or"
                            + " initialNoise its update is not backpropagation's.");
        }
    }

    private static Learner learner(ZilSettings settings, LearnerContext context) {
        return settings.schedule() == Schedule.FRONT
                ? new ZilFrontLearner(settings, context)
                : new ZilFullLearner(settings, context);
    }
}
