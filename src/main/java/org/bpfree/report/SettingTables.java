package org.bpfree.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.report.Table.Cell;
import org.bpfree.report.Table.Column;
import org.bpfree.run.Manifest;
import org.bpfree.run.RunRecord;

/** The tables of a report about what runs were made with: settings and environment. */
final class SettingTables {
    private static final int MOST_COLUMNS = 4;
    private static final Set<String> OF_ONE_RUN = Set.of("seed", "name");

    private SettingTables() {}

    /** A row an arm and task: a column for what half of them have and are not alike in, and one for all that only few have. */
    static Table differences(Comparison comparison) {
        List<Map<String, String>> all = new ArrayList<>();
        List<String[]> heads = new ArrayList<>(); // label, task, number
        for (int number = 0; number < comparison.arms().size(); number++) {
            Arm arm = comparison.arms().get(number);
            for (String task : arm.runs().keySet()) {
                all.add(arm.at(task).get(0).settings());
                heads.add(new String[] {arm.label(), task, String.valueOf(number)});
            }
        }
        List<String> differing = Labels.differing(all).stream()
                .filter(path -> !OF_ONE_RUN.contains(path))
                .sorted(Comparator.comparing(
                        ShallowFloor::isShared)) // what tells tasks apart is in their names, and comes last
                .toList();
        List<String> common = differing.stream()
                .filter(path ->
                        2 * all.stream().filter(each -> each.containsKey(path)).count() >= all.size())
                .limit(MOST_COLUMNS)
                .toList();
        List<Column> head = new ArrayList<>(List.of(new Column("arm", false)));
        boolean tasks = comparison.tasks().size() > 1;
        if (tasks) {
            head.add(new Column("task", false));
        }
        common.forEach(path -> head.add(new Column(path, false)));
        head.add(new Column("others", false));
        List<Table.Row> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Map<String, String> settings = all.get(i);
            List<Cell> cells = new ArrayList<>();
            if (tasks) {
                cells.add(Cell.text(heads.get(i)[1]));
            }
            common.forEach(path -> cells.add(Cell.text(settings.getOrDefault(path, Table.NONE))));
            cells.add(Cell.text(differing.stream()
                    .filter(path -> !common.contains(path) && settings.containsKey(path))
                    .map(path -> path + "=" + settings.get(path))
                    .collect(Collectors.joining(", "))));
            rows.add(new Table.Row(heads.get(i)[0] + " " + heads.get(i)[1], heads.get(i)[2], heads.get(i)[0], cells));
        }
        return new Table(head, differing.isEmpty() ? List.of() : rows);
    }

    /** The settings in which all runs are alike. */
    static Map<String, String> shared(List<RunRecord> runs) {
        Map<String, String> shared =
                new LinkedHashMap<>(runs.isEmpty() ? Map.of() : runs.get(0).settings());
        runs.forEach(run -> shared.entrySet()
                .removeIf(each -> !each.getValue().equals(run.settings().get(each.getKey()))));
        return shared;
    }

    /** A row a setting. */
    static Table of(Map<String, String> settings) {
        return new Table(
                List.of(new Column("setting", false), new Column("value", false)),
                settings.entrySet().stream()
                        .map(each -> new Table.Row("", "", each.getKey(), List.of(Cell.text(each.getValue()))))
                        .toList());
    }

    /** A row a fact and what it is, with the number of runs where not all agree. */
    static Table environment(List<RunRecord> runs) {
        Map<String, Function<Manifest.Facts, Object>> facts = new LinkedHashMap<>();
        facts.put("bpfree", Manifest.Facts::version);
        facts.put("commit", Manifest.Facts::commit);
        facts.put("uncommitted changes", Manifest.Facts::uncommittedChanges);
        facts.put("Java", Manifest.Facts::jvm);
        facts.put("system", Manifest.Facts::system);
        facts.put("processor", Manifest.Facts::processor);
        facts.put("backend", Manifest.Facts::backend);
        facts.put("threads", Manifest.Facts::threads);
        List<Table.Row> rows = new ArrayList<>();
        facts.forEach((name, fact) -> {
            Map<String, Long> values = runs.stream()
                    .map(run -> run.manifest()
                            .map(Manifest::facts)
                            .map(fact)
                            .map(Object::toString)
                            .orElse(Table.NONE))
                    .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()));
            values.forEach((value, count) -> rows.add(new Table.Row(
                    "",
                    "",
                    name,
                    List.of(
                            Cell.text(value),
                            Cell.text(count == runs.size() ? "all" : count + " of " + runs.size())))));
        });
        return new Table(
                List.of(new Column("fact", false), new Column("value", false), new Column("runs", false)), rows);
    }
}
