using System.Text.Json;

namespace Slipway.Scenarios.Tests.Aws;

/// <summary>What <c>terraform show -json</c> tells of a plan or a state.</summary>
internal sealed class ModuleResources
{
    private readonly JsonElement root;
    private readonly Dictionary<string, JsonElement> resources;

    public ModuleResources(string json)
    {
        var document = JsonDocument.Parse(json).RootElement;
        root = document.GetProperty(document.TryGetProperty("planned_values", out _) ? "planned_values" : "values");
        resources = root.GetProperty("root_module").GetProperty("child_modules")[0].GetProperty("resources").EnumerateArray()
            .ToDictionary(resource => resource.GetProperty("address").GetString()!["module.slipway.".Length..], resource => resource.GetProperty("values"));
    }

    public IEnumerable<string> Addresses => resources.Keys;

    public string Output(string name) => root.GetProperty("outputs").GetProperty(name).GetProperty("value").GetString()!;

    public string Text(string address, string name) => resources[address].GetProperty(name).GetString()!;

    public PolicyDocument Policy(string address) => new(Text(address, "policy"));
}
