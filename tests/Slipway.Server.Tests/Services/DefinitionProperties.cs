using System.Text;
using System.Text.Json;
using CsCheck;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Services;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Tests.Services;

public sealed class DefinitionProperties
{
    private static readonly Gen<Duration> Durations = Gen.Int[1, 86_400].Select(Duration.FromSeconds);
    private static readonly Gen<Amount> Amounts = Gen.Bool.SelectMany(share => share ? Gen.Int[1, 100].Select(Amount.Percent) : Gen.Int[1, 100_000].Select(Amount.Count));
    private static readonly Gen<string> Texts = Gen.String[Gen.Char[' ', '~'], 1, 40].Where(text => !text.Contains("${", StringComparison.Ordinal));
    private static readonly Gen<string> Names = Gen.String[Gen.Char['A', 'Z'], 1, 20];

    private static readonly Gen<IReadOnlyDictionary<string, string>> Values =
        Gen.Select(Names, Gen.OneOf(Texts, OneOf("", "true", "~", "null", "1", "a: b", "- a", "# a", "é\n\tñ"))).List[0, 4]
            .Select(pairs => (IReadOnlyDictionary<string, string>)pairs.DistinctBy(pair => pair.Item1).OrderBy(pair => pair.Item1, StringComparer.Ordinal).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static readonly Gen<Strategy?> Strategies = Gen.Int[0, 3].SelectMany(kind => kind switch
    {
        0 => Gen.Const((Strategy?)null),
        1 => Gen.Const((Strategy?)new AllAtOnce()),
        2 => Gen.Select(Amounts, Durations, (batch, pause) => (Strategy?)new Rolling { Batch = batch, Pause = pause }),
        _ => Gen.Select(Amounts, Durations, Amounts, (instances, soak, batch) => (Strategy?)new Canary { Steps = [new() { Instances = instances, Soak = soak }], Batch = batch }),
    });

    private static readonly Gen<EnvironmentDefinition> Environments =
        Gen.Select(Strategies, Values, Texts, (strategy, config, branch) => new EnvironmentDefinition { Strategy = strategy, Config = config, AutoDeployBranch = branch });

    private static readonly Gen<ServiceDefinition> Definitions = Gen.Select(
        Gen.Select(Texts, Texts.List[1, 5], Gen.Int[1, 65535], Durations),
        Gen.Select(Values, Strategies, Environments, Gen.Long[1024, 1L << 40]),
        (first, second) => new ServiceDefinition
        {
            Service = ServiceName.Parse("checkout"),
            Description = first.Item1,
            Run = [.. first.Item2],
            Port = first.Item3,
            Health = new() { Http = "/", Contains = first.Item1, Deadline = first.Item4, Timeout = first.Item4 },
            Stop = new() { Grace = first.Item4 },
            Config = second.Item1,
            Files = second.Item1,
            Strategy = second.Item2,
            Checks =
            [
                new() { Name = "a", Http = [new() { Url = "http://a/${B}", Body = first.Item1, Contains = first.Item1 }], Interval = first.Item4, Timeout = first.Item4, Failures = first.Item3 % 1000 },
                new() { Name = "b", When = CheckMoment.Before, Prometheus = new() { Address = "http://p", Query = first.Item1, Above = -first.Item3 / 7.0 }, Successes = 2 },
                new() { Name = "c", When = CheckMoment.During, Manual = new() { Question = first.Item1 }, DryRun = true },
            ],
            Environments = new Dictionary<EnvironmentName, EnvironmentDefinition> { [EnvironmentName.Parse("dev")] = second.Item3 },
            Logs = new() { Size = second.Item4 },
        });

    [Fact]
    public void A_definition_survives_yaml_and_json() => Definitions.Sample(
        definition =>
        {
            var json = Json(definition);
            Assert.Equal(json, Json(Read(DefinitionReader.FromYaml(Yaml(definition)))));
            Assert.Equal(json, Json(Read(DefinitionReader.FromJson(Encoding.UTF8.GetBytes(json)))));
        },
        iter: 500);

    [Fact]
    public void No_bytes_make_the_reader_fail() =>
        Gen.Byte.Array[0, 300].Sample(bytes => _ = (DefinitionReader.FromYaml(bytes), DefinitionReader.FromJson(bytes)), iter: 3_000);

    [Fact]
    public void No_text_of_yaml_characters_makes_the_reader_fail()
    {
        var pieces = OneOf("service", "run", ":", " ", "\n", "  ", "\t", "-", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "&a", "*a", "!", "%", "#", "---", "...", "?", "<<", "a", "1", "health", "é", "\u0000", "\\");
        pieces.Array[0, 40].Sample(parts => _ = DefinitionReader.FromYaml(Encoding.UTF8.GetBytes(string.Concat(parts))), iter: 5_000);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static ServiceDefinition Read(Slipway.Server.Api.Outcome<ServiceDefinition> outcome) =>
        outcome.Is(out var definition, out var refusal) ? definition : throw new InvalidOperationException(refusal.Detail);

    private static string Json(ServiceDefinition definition) => JsonSerializer.Serialize(definition, ContractsJson.Default.ServiceDefinition);

    /// <summary>The nodes that the format writes, as a person could have written them.</summary>
    private static byte[] Yaml(ServiceDefinition definition)
    {
        var text = new StringBuilder();
        Write(ServiceFormat.Definition.Write(definition, ""));
        return Encoding.UTF8.GetBytes(text.ToString());

        void Write(Node node)
        {
            switch (node)
            {
                case ScalarNode { Quoted: true } scalar:
                    text.Append('"').Append(JsonEncodedText.Encode(scalar.Text).ToString()).Append('"');
                    break;
                case ScalarNode scalar:
                    text.Append(scalar.Text);
                    break;
                case ListNode list:
                    Join('[', ']', list.Items, Write);
                    break;
                case MapNode map:
                    Join('{', '}', map.Entries, entry =>
                    {
                        text.Append(entry.Key.Text).Append(": ");
                        Write(entry.Value);
                    });
                    break;
            }
        }

        void Join<T>(char open, char close, IReadOnlyList<T> items, Action<T> write)
        {
            text.Append(open);
            for (var i = 0; i < items.Count; i++)
            {
                text.Append(i == 0 ? "" : ",\n  ");
                write(items[i]);
            }

            text.Append(close);
        }
    }
}
