package org.bpfree.cli.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.tensor.Backend;

/** The lines of {@code --version} about the tensor backend; loaded for nothing else. */
public final class BackendVersion {
    private BackendVersion() {}

    public static List<String> lines() {
        return facts().entrySet().stream()
                .map(fact -> (fact.getKey().equals("backend") ? "Backend" : fact.getKey()) + ": " + fact.getValue())
                .toList();
    }

    /** What backend there is; what is wrong with it where it does not start. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        BackendTrouble.chooseCache();
        try {
            facts.put("backend", Backend.describe());
            facts.put("oneDNN", Backend.oneDnn().toString());
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            facts.put("backend", BackendTrouble.explain(e).getMessage());
        }
        return facts;
    }
}
