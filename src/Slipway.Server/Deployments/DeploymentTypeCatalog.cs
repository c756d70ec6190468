using System.Diagnostics.CodeAnalysis;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Deployments;

/// <summary>The deployment types by name: every class of the deployment types' assembly that is one, so that adding one is adding a class.</summary>
internal sealed class DeploymentTypeCatalog(IEnumerable<IDeploymentType> types)
{
    private readonly Dictionary<string, IDeploymentType> byName = types.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => byName.Keys.Order(StringComparer.Ordinal);

    public bool TryGet(string name, [NotNullWhen(true)] out IDeploymentType? type) => byName.TryGetValue(name, out type);

    public IDeploymentType Get(string name) =>
        TryGet(name, out var type) ? type : throw new InvalidOperationException($"This server has no deployment type {name}.");

    public static IEnumerable<Type> Find() =>
        typeof(IDeploymentType).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IDeploymentType)));
}
