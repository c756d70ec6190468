using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Slipway.FakeGate.Tests.Contract;

/// <summary>Every route is one of Gate's, with the names that Gate's own description has.</summary>
public sealed partial class RouteTests : GateTests
{
    /// <summary>What Gate has and its description does not.</summary>
    private static readonly HashSet<string> Undescribed =
    [
        "GET /health", // contract, section 1
        "GET /login", "POST /login", // section 2
        "GET /auth/apiTokens", "POST /auth/apiTokens", "DELETE /auth/apiTokens/{id}", // section 2, new in 2026
    ];

    [Fact]
    public void Every_route_is_described_with_the_same_method_and_parameters()
    {
        var described = Resource.Lines("gate-routes.txt").Select(Route.Read).ToDictionary(route => route.Name);
        var served = Served().ToList();

        Assert.Empty(served.Where(route => !described.ContainsKey(route.Name) && !Undescribed.Contains(route.Name)).Select(route => route.Name));
        Assert.Empty(served.Where(route => described.TryGetValue(route.Name, out var known) && known.Parameters != route.Parameters).Select(route => $"{route.Name}: {route.Parameters} instead of {described[route.Name].Parameters}"));
    }

    [Fact]
    public void What_is_said_to_be_undescribed_is_served_and_is() =>
        Assert.Equal(Undescribed.Order(), Served().Select(route => route.Name).Except(Resource.Lines("gate-routes.txt").Select(line => Route.Read(line).Name)).Order());

    private IEnumerable<Route> Served() =>
        from endpoint in Gate.Endpoints.OfType<RouteEndpoint>()
        let path = endpoint.RoutePattern.RawText!
        where !path.StartsWith("/_fake", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        let names = (endpoint.Metadata.GetMetadata<MethodInfo>() ?? throw new InvalidOperationException($"{method} {path} has no handler")).GetParameters().SelectMany(Names).Concat(InPath().Matches(path).Select(match => match.Groups[1].Value))
        select new Route($"{method} {path}", string.Join(',', names.Distinct().Order(StringComparer.Ordinal)));

    private static IEnumerable<string> Names(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(HttpContext) || parameter.ParameterType.Name is "Body" or "BodyList" ? []
        : parameter.GetCustomAttribute<AsParametersAttribute>() is null ? [parameter.Name!]
        : parameter.ParameterType.GetProperties().Where(property => property.CanWrite).Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

    private sealed record Route(string Name, string Parameters)
    {
        public static Route Read(string line)
        {
            var parts = line.Split(' ');
            return new($"{parts[0]} {parts[1]}", parts.Length > 2 ? string.Join(',', parts[2].Split(',').Order(StringComparer.Ordinal)) : "");
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InPath();
}
