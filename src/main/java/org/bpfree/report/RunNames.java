package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What runs are called beside each other, by what differs, and which of them differ in their seed only. */
public final class RunNames {
    /** The setting that names begin with. */
    static final String LEARNER = "learner.type";

    private static final String SEED = "seed";

    /**
     * Runs that differ in their seed only.
     *
     * @param label short name that no other group has
     * @param learner type of the learner
     * @param runs their numbers; a run of settings and seed that another one has is in a group of its own
     */
    public record Group(String label, String learner, List<Integer> runs) {}

    private RunNames() {}

    /** Whether runs that differ in a setting learn differently; the seed does not count. */
    static boolean tells(String path) {
        return !List.of(SEED, "name", "training.checkpointEvery", "training.twin")
                        .contains(path)
                && !path.startsWith("probes.");
    }

    /**
     * The groups, in the order of their first runs.
     *
     * @param settings of each run, by path
     */
    public static List<Group> groups(List<Map<String, String>> settings) {
        Map<Map<String, String>, Map<String, List<Integer>>> bySettings = new LinkedHashMap<>();
        for (int i = 0; i < settings.size(); i++) {
            Map<String, String> telling = new LinkedHashMap<>(settings.get(i));
            telling.keySet().removeIf(path -> !tells(path));
            bySettings
                    .computeIfAbsent(telling, key -> new LinkedHashMap<>())
                    .computeIfAbsent(settings.get(i).getOrDefault(SEED, ""), seed -> new ArrayList<>())
                    .add(i);
        }
        List<Map<String, String>> keys = List.copyOf(bySettings.keySet());
        List<String> labels = Labels.of(keys, LEARNER);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            List<List<Integer>> bySeed = List.copyOf(bySettings.get(keys.get(i)).values());
            String learner = keys.get(i).getOrDefault(LEARNER, "");
            int repeats = bySeed.stream().mapToInt(List::size).max().orElseThrow();
            for (int repeat = 0; repeat < repeats; repeat++) {
                int place = repeat;
                List<Integer> runs = bySeed.stream()
                        .filter(each -> each.size() > place)
                        .map(each -> each.get(place))
                        .toList();
                groups.add(new Group(labels.get(i) + ", again".repeat(repeat), learner, runs));
            }
        }
        return groups;
    }

    /** A name each run, no two alike: that of its group, and its seed where several are in the group. */
    public static List<String> each(List<Map<String, String>> settings) {
        String[] names = new String[settings.size()];
        for (Group group : groups(settings)) {
            for (int run : group.runs()) {
                names[run] = group.label()
                        + (group.runs().size() == 1
                                ? ""
                                : ", seed " + settings.get(run).get(SEED));
            }
        }
        return List.of(names);
    }
}
