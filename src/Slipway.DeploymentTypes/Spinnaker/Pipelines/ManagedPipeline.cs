using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>
/// The pipeline that Slipway keeps in Spinnaker for a target. It carries a mark with a digest of what Slipway wrote, so that a change by hand is seen
/// and never overwritten.
/// </summary>
internal static class ManagedPipeline
{
    private const string Mark = "slipway";
    private const int MostDifferences = 8;

    public static JsonObject Write(SpinnakerTarget target, IReadOnlyList<PipelineStage> stages, bool reuse)
    {
        var config = new JsonObject
        {
            ["name"] = target.PipelineName,
            ["application"] = target.Application,
            ["description"] = $"Kept by Slipway for {target.Id}. Change slipway.yaml instead: Slipway does not overwrite what is changed here, and then does not deploy any more.",
            ["limitConcurrent"] = true,
            ["keepWaitingPipelines"] = true,
            ["spelEvaluator"] = "v4",
            ["triggers"] = new JsonArray(),
            ["notifications"] = new JsonArray(),
            ["expectedArtifacts"] = new JsonArray(),
            ["parameterConfig"] = Parameters(target, reuse),
            ["stages"] = new JsonArray([.. stages.Select((stage, index) => Stage(stage, index == 0 ? null : stages[index - 1]))]),
        };
        var keys = config.Select(pair => pair.Key).Order(StringComparer.Ordinal).ToList();
        config[Mark] = new JsonObject
        {
            ["target"] = target.Id.Key,
            ["keys"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]),
            ["digest"] = Digest(config, keys),
        };
        return config;
    }

    /// <summary>Compares what is stored with what is wanted.</summary>
    public static PipelineState Compare(JsonElement? stored, JsonObject wanted)
    {
        if (stored is not { } element)
            return new PipelineState.Missing();

        var config = JsonObject.Create(element)!;
        if (config[Mark] is not JsonObject mark || mark["keys"] is not JsonArray names)
            return new PipelineState.Foreign();

        var keys = names.Select(name => name!.GetValue<string>()).ToList();
        if (mark["digest"]?.GetValue<string>() != Digest(config, keys))
            return new PipelineState.ChangedByHand(Differences(config, wanted));

        var id = element.Text("id") ?? "";
        return mark["digest"]!.GetValue<string>() == wanted[Mark]!["digest"]!.GetValue<string>()
            ? new PipelineState.Current(id)
            : new PipelineState.Outdated(id, Update(wanted, config, id));
    }

    /// <summary>With what Spinnaker needs to know which one is meant, and that nobody has changed it since it was read.</summary>
    private static JsonObject Update(JsonObject wanted, JsonObject stored, string id)
    {
        var update = (JsonObject)wanted.DeepClone();
        update["id"] = id;
        foreach (var key in new[] { "index", "lastModified", "updateTs" })
        {
            if (stored[key] is { } value)
                update[key] = value.DeepClone();
        }

        return update;
    }

    private static JsonArray Parameters(SpinnakerTarget target, bool reuse)
    {
        var parameters = new JsonArray(
            Parameter("version", "The version of the service", required: true),
            Parameter("package", "The package that is baked", required: !reuse),
            Parameter("deployment", "The deployment in Slipway", required: false));
        foreach (var region in reuse ? target.Settings.Regions : [])
            parameters.Add(Parameter(ClusterWriter.ImageParameter(region), $"The image in {region}", required: true));

        return parameters;
    }

    private static JsonObject Parameter(string name, string description, bool required)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["label"] = description,
            ["description"] = description,
            ["required"] = required,
            ["hasOptions"] = false,
            ["options"] = new JsonArray(),
            ["pinned"] = required,
        };

        // One that is required has none: with an empty default Spinnaker would take nothing for an answer.
        if (!required)
            parameter["default"] = "";

        return parameter;
    }

    private static JsonObject Stage(PipelineStage stage, PipelineStage? before)
    {
        var json = (JsonObject)stage.Json.DeepClone();
        json["refId"] = stage.Name;
        json["name"] = stage.Title;
        json["requisiteStageRefIds"] = before is null ? new JsonArray() : new JsonArray(before.Name);
        return json;
    }

    private static string Digest(JsonObject config, IEnumerable<string> keys)
    {
        var text = new StringBuilder();
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            text.Append(key).Append(':');
            Canonical(config[key], text);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Spinnaker keeps no order of keys, and turns whole numbers into whole numbers of its own.</summary>
    private static void Canonical(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Where(pair => pair.Value is not null))
                {
                    text.Append(key).Append(':');
                    Canonical(value, text);
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var item in list)
                    Canonical(item, text);

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null").Append(',');
                break;
        }
    }

    private static List<string> Differences(JsonObject there, JsonObject wanted)
    {
        var (old, now) = (Flat(there), Flat(wanted));
        return [.. now.Keys.Union(old.Keys.Where(key => key.StartsWith("stages.", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Take(MostDifferences)
            .Select(key => $"{key}: {Shown(old, key)} there, {Shown(now, key)} from Slipway")];
    }

    private static string Shown(Dictionary<string, string> values, string key) =>
        !values.TryGetValue(key, out var value) ? "nothing" : value.Length > 60 ? value[..57] + "…" : value;

    private static Dictionary<string, string> Flat(JsonObject config)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in config.Where(pair => pair.Key is not Mark))
            Add(key, value);

        return values;

        void Add(string place, JsonNode? node)
        {
            switch (node)
            {
                case JsonObject map:
                    foreach (var (key, value) in map)
                        Add($"{place}.{key}", value);
                    break;
                case JsonArray list:
                    for (var i = 0; i < list.Count; i++)
                        Add(list[i] is JsonObject item && (item["refId"] ?? item["name"]) is JsonValue name ? $"{place}.{name}" : $"{place}[{i}]", list[i]);
                    break;
                case not null:
                    values[place] = node.ToJsonString();
                    break;
            }
        }
    }
}
