using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes;

/// <summary>A deployment type's settings for one target: the service's, with what differs in the environment merged over them.</summary>
public static class TargetSettings
{
    /// <summary>Keys of keys are merged; a list or a value replaces, and null takes away.</summary>
    public static JsonElement Of(ServiceDefinition definition, EnvironmentName environment)
    {
        var settings = ToNode(definition.Settings);
        Merge(settings, ToNode(definition.Environments.GetValueOrDefault(environment)?.Settings));
        return JsonSerializer.SerializeToElement(settings);
    }

    private static JsonObject ToNode(JsonElement? settings) =>
        settings is { ValueKind: JsonValueKind.Object } element ? JsonObject.Create(element)! : [];

    private static void Merge(JsonObject target, JsonObject over)
    {
        foreach (var (key, value) in over)
        {
            if (value is JsonObject inner && target[key] is JsonObject known)
                Merge(known, inner);
            else if (value is null)
                target.Remove(key);
            else
                target[key] = value.DeepClone();
        }
    }
}
