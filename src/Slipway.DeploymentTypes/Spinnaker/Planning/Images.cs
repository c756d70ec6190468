using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Contracts.Versions;

namespace Slipway.DeploymentTypes.Spinnaker.Planning;

/// <summary>Baked images as references of a version: made once, used again wherever the same recipe and region are wanted.</summary>
internal static class Images
{
    public static string KindOf(SpinnakerTarget target) => target.Settings.Provider == "aws" ? "ami" : "image";

    /// <summary>Changes with everything that makes another image of the same version.</summary>
    public static string Recipe(SpinnakerTarget target) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize((target.Settings.Provider, target.Settings.Bake), Options))))[..16];

    /// <summary>Region to image. Null: at least one region has none.</summary>
    public static IReadOnlyDictionary<string, ArtifactReference>? Find(SpinnakerTarget target, IReadOnlyList<ArtifactReference> references)
    {
        var recipe = Recipe(target);
        var kind = KindOf(target);
        var found = target.Settings.Regions
            .Select(region => references.FirstOrDefault(reference => reference.Kind == kind && reference.Location == region && (reference.Recipe is null || reference.Recipe == recipe)))
            .OfType<ArtifactReference>()
            .ToDictionary(reference => reference.Location, StringComparer.Ordinal);
        return found.Count == target.Settings.Regions.Count ? found : null;
    }

    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };
}
