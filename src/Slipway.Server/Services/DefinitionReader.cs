using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Slipway.Contracts;
using Slipway.Contracts.Services;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Services;

/// <summary>Reads a definition from slipway.yaml or JSON; both go through the same table, so both are checked alike.</summary>
internal static class DefinitionReader
{
    private static readonly JsonTypeInfo<ServiceDefinition> Strict = (JsonTypeInfo<ServiceDefinition>)new JsonSerializerOptions(ContractsJson.Default.Options)
    {
        TypeInfoResolver = ContractsJson.Default,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    }.GetTypeInfo(typeof(ServiceDefinition));

    /// <param name="types">The deployment types that this server has; each checks its settings. Null: any.</param>
    public static Outcome<ServiceDefinition> FromYaml(ReadOnlySpan<byte> utf8, DeploymentTypeCatalog? types = null)
    {
        var mistakes = new Mistakes();
        var node = YamlText.Read(utf8, mistakes);
        return Read(node, mistakes, types);
    }

    /// <inheritdoc cref="FromYaml"/>
    public static Outcome<ServiceDefinition> FromJson(ReadOnlySpan<byte> utf8, DeploymentTypeCatalog? types = null)
    {
        var mistakes = new Mistakes();
        try
        {
            var definition = JsonSerializer.Deserialize(utf8, Strict);
            return definition is null ? NoDefinition() : Read(ServiceFormat.Definition.Write(definition, ""), mistakes, types);
        }
        catch (JsonException exception)
        {
            mistakes.Add(Place(exception), Sentence(exception));
            return mistakes.ToRefusal();
        }

        Outcome<ServiceDefinition> NoDefinition()
        {
            mistakes.Add("$", "There is no definition here.");
            return mistakes.ToRefusal();
        }
    }

    private static Outcome<ServiceDefinition> Read(Node? node, Mistakes mistakes, DeploymentTypeCatalog? types)
    {
        if (node is null || !ServiceFormat.Definition.TryRead(node, mistakes, out var definition) || mistakes.Any)
            return mistakes.ToRefusal();

        if (types is null)
            return definition;

        if (!types.TryGet(definition.Type, out var type))
            mistakes.Add(((MapNode)node).PlaceOf("type"), $"This server has no deployment type {definition.Type}; it has {string.Join(", ", types.Names)}.");

        foreach (var mistake in type?.Check(definition) ?? [])
            mistakes.Add(PlaceOf(node, mistake.Place), mistake.Problem);

        return mistakes.Any ? mistakes.ToRefusal() : definition;
    }

    /// <summary>Where a key of keys stands; as far as the file has it.</summary>
    private static string PlaceOf(Node node, string path)
    {
        var place = node.Place;
        foreach (var key in path.Split('.'))
        {
            if (node is not MapNode map || map.Entries.FirstOrDefault(entry => entry.Key.Text == key) is not { } entry)
                return place.Length > 0 ? $"{place} ({path})" : path;

            (node, place) = (entry.Value, entry.Key.Place);
        }

        return place;
    }

    private static string Place(JsonException exception) =>
        exception.Path is { Length: > 2 } path ? path[2..] : $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}";

    /// <summary>Its first sentence: the rest repeats the place.</summary>
    private static string Sentence(JsonException exception) => exception.Message.Split(" Path: ")[0];
}
