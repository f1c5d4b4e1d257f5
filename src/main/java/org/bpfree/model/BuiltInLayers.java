package org.bpfree.model;

import java.util.List;
import org.bpfree.settings.Extension;

/** The layers that come with the program. */
public final class BuiltInLayers implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(
                BasicLayers.Conv.class,
                BasicLayers.Dense.class,
                BasicLayers.Activation.class,
                PoolLayers.MaxPool.class,
                PoolLayers.AvgPool.class,
                PoolLayers.SumPool.class,
                PoolLayers.GlobalAvgPool.class,
                BasicLayers.Flatten.class,
                BasicLayers.Dropout.class,
                BasicLayers.BatchNorm.class,
                JoinLayers.Add.class,
                JoinLayers.Concat.class,
                JoinLayers.Multiply.class,
                BasicLayers.Identity.class,
                SequenceLayers.Tokens.class,
                SequenceLayers.Row.class,
                SequenceLayers.LayerNorm.class,
                SequenceLayers.PositionEmbedding.class,
                SequenceLayers.Attention.class,
                InvertibleLayers.SquareDense.class,
                InvertibleLayers.SquareConv.class,
                ShortcutLayers.PaddedIdentity.class);
    }
}
