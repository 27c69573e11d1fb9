package cinema.es;

import java.io.Reader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/**
 * What the search index takes from the module analysis-common, which this distribution leaves out:
 * the same names, the same settings, the same classes of Lucene underneath.
 */
public final class CinemaAnalysisPlugin extends Plugin implements AnalysisPlugin, ActionPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "stemmer", filter((settings, words) -> stemmed(settings.get("language"), words)),
            "edge_ngram", filter((settings, words) -> new EdgeNGramTokenFilter(words, shortest(settings), longest(settings), false)),
            "ngram", filter((settings, words) -> new NGramTokenFilter(words, shortest(settings), longest(settings), false)),
            "asciifolding", (index, environment, name, settings) -> new Folding(name));
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of("mapping", (index, environment, name, settings) -> new Mapping(name, settings.getAsList("mappings")));
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
        RestHandlersServices services, Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> features) {
        return List.of(new RootHandler(services.settings()));
    }

    private static AnalysisProvider<TokenFilterFactory> filter(BiFunction<Settings, TokenStream, TokenStream> make) {
        return (index, environment, name, settings) -> new TokenFilterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TokenStream create(TokenStream words) {
                return make.apply(settings, words);
            }
        };
    }

    private static TokenStream stemmed(String language, TokenStream words) {
        return switch (language) {
            case "english" -> new PorterStemFilter(words);
            case "russian" -> new SnowballFilter(words, "Russian");
            default -> throw new IllegalArgumentException("No stemmer for " + language + " in the tests' Elasticsearch");
        };
    }

    private static int shortest(Settings settings) {
        return settings.getAsInt("min_gram", 1);
    }

    private static int longest(Settings settings) {
        return settings.getAsInt("max_gram", 2);
    }

    /** "Normalizing": what is allowed in the normalizer of a keyword, too. */
    private record Folding(String name) implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream words) {
            return new ASCIIFoldingFilter(words);
        }
    }

    private record Mapping(String name, NormalizeCharMap map) implements NormalizingCharFilterFactory {
        Mapping(String name, List<String> rules) {
            this(name, parsed(rules));
        }

        @Override
        public Reader create(Reader text) {
            return new MappingCharFilter(map, text);
        }

        private static NormalizeCharMap parsed(List<String> rules) {
            NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
            for (String rule : rules) {
                String[] sides = rule.split("=>", 2);
                map.add(sides[0].strip(), sides[1].strip());
            }
            return map.build();
        }
    }
}
