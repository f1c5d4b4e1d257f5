package org.bpfree.study;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfree.binding.AnyValue;
import org.bpfree.binding.FolderName;
import org.bpfree.binding.Nearest;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Key;

/**
 * A study file.
 *
 * @param name of the study and of the folder of its runs
 * @param base the experiment that arms change, relative to the study file
 * @param set values of every run by path; an arm's own value of the same path wins
 * @param arms what is compared: the settings of each by their paths
 * @param reference the arm that differences are to
 * @param control the arm that gains are over
 * @param tune how the settings of each arm are chosen; without it arms run as they are
 * @param last the runs that are compared
 * @param claims what is claimed of them
 */
public record StudySettings(
        @Doc("Name of the study and of the folder of its runs.")
        String name,

        @Doc("The experiment that arms change: a path relative to this file.")
        String base,

        @Doc("Values of every run by the path of their setting.") @Default("{}")
        Map<String, AnyValue> set,

        @Doc("What is compared: for each arm the values of its settings by their paths; {} for the base as it is.")
        Map<String, Map<String, AnyValue>> arms,

        @Doc("The arm to which differences are taken, such as tuned backpropagation.") @Default("null")
        Optional<String> reference,

        @Doc("The arm over which gains are taken, such as a network whose hidden layers do not learn.") @Default("null")
        Optional<String> control,

        @Doc("How settings of each arm are chosen, on validation images alone; without it arms run as they are.")
        @Default("null")
        Optional<TuneSettings> tune,

        @Doc("The runs that are compared: each arm with its chosen settings and each seed.") @Key("final")
        FinalSettings last,

        @Doc("What is claimed of the final runs.") @Default("[]")
        List<ClaimSettings> claims) {

    private static final Set<String> OURS = Set.of("seed", "training.test");

    /**
     * The final runs.
     *
     * @param set values of these runs by path
     * @param seeds of each arm
     */
    public record FinalSettings(
            @Doc("Values of the final runs by the path of their setting.") @Default("{}")
            Map<String, AnyValue> set,

            @Doc("Seeds of each arm, the same for all; fewer than three never give a verdict.")
            List<Long> seeds) {
        /** Checks the seeds. */
        public FinalSettings {
            requireSeeds(seeds);
            forbid("set", set.keySet());
        }
    }

    /** Checks what can be told without the base. */
    public StudySettings {
        FolderName.require(name);
        if (arms.isEmpty()) {
            throw new InvalidSetting(
                    "arms", "has no arm. Name at least one, such as 'backprop: {learner: {type: backprop}}'.");
        }
        for (Map.Entry<String, Map<String, AnyValue>> arm : arms.entrySet()) {
            if (!arm.getKey().matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,59}")) {
                throw new InvalidSetting(
                        "arms." + arm.getKey(),
                        "an arm is called by up to 60 letters, digits, '-', '+', '_' and '.', since its runs have its name.");
            }
            forbid("arms." + arm.getKey(), arm.getValue().keySet());
        }
        forbid("set", set.keySet());
        reference.ifPresent(arm -> requireArm("reference", arm, arms.keySet()));
        control.ifPresent(arm -> requireArm("control", arm, arms.keySet()));
        tune.ifPresent(
                tuning -> tuning.arms().keySet().forEach(arm -> requireArm("tune.arms." + arm, arm, arms.keySet())));
        for (int i = 0; i < claims.size(); i++) {
            String place = "claims." + i + ".";
            claims.get(i).of().ifPresent(arm -> requireArm(place + "of", arm, arms.keySet()));
            List<String> difference = claims.get(i).difference();
            for (int side = 0; side < difference.size(); side++) {
                requireArm(place + "difference." + side, difference.get(side), arms.keySet());
            }
        }
    }

    private static void requireArm(String component, String arm, Set<String> arms) {
        if (!arms.contains(arm)) {
            throw new InvalidSetting(
                    component,
                    "there is no arm '" + arm + "'; the arms are " + String.join(", ", arms) + "."
                            + Nearest.question(arm, arms));
        }
    }

    static void requireSeeds(List<Long> seeds) {
        if (seeds.isEmpty()) {
            throw new InvalidSetting("seeds", "holds no seed. Give at least one, better three or more.");
        }
        Set<Long> seen = new HashSet<>();
        for (long seed : seeds) {
            if (!seen.add(seed)) {
                throw new InvalidSetting("seeds", "holds " + seed + " twice. Every seed counts once.");
            }
        }
    }

    static void forbid(String component, Set<String> paths) {
        for (String path : paths) {
            if (OURS.contains(path)) {
                throw new InvalidSetting(
                        component,
                        "'" + path + "' cannot be set here: "
                                + (path.equals("seed")
                                        ? "write 'seeds: [1, 2, 3]', so that arms can be compared seed by seed."
                                        : "runs that tune never see the test images, final runs are always tested."));
            }
        }
    }
}
