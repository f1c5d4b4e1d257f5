package org.bpfree.optimizer;

import java.util.List;
import org.bpfree.settings.Extension;

/** The optimizers that most experiments use. */
public final class BuiltInOptimizers implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Sgd.class, RmsProp.class, Adam.class, AdamW.class);
    }
}
