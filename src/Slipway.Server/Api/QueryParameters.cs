using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Slipway.Server.Api;

/// <summary>A misspelt filter must not pass as one that was left out: the answer would be about everything.</summary>
internal static class QueryParameters
{
    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group) => group.AddEndpointFilterFactory(Check);

    private static EndpointFilterDelegate Check(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var known = Names(factory.MethodInfo).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        return context => context.HttpContext.Request.Query.Keys.FirstOrDefault(name => !known.Contains(name)) is { } stray
            ? ValueTask.FromResult<object?>(Unknown(stray, known, context.HttpContext.Request.RouteValues).ToResult())
            : next(context);
    }

    private static Refusal Unknown(string name, IEnumerable<string> known, RouteValueDictionary route)
    {
        string[] possible = [.. known.Where(other => !route.ContainsKey(other)).Order(StringComparer.Ordinal)];
        var shown = name.Length <= 50 ? name : name[..50] + "…";
        return Refusal.Invalid(shown, $"There is no parameter {shown} here. {(possible is [] ? "This address takes none." : $"Possible: {string.Join(", ", possible)}.")}");
    }

    private static IEnumerable<string> Names(MethodInfo handler)
    {
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.IsDefined(typeof(AsParametersAttribute)))
            {
                foreach (var property in parameter.ParameterType.GetProperties())
                    yield return JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            }
            else if (IsText(parameter.ParameterType))
            {
                yield return parameter.Name!;
            }
        }
    }

    private static bool IsText(Type type)
    {
        type = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type.GetInterfaces().Any(other => other.IsGenericType && other.GetGenericTypeDefinition() == typeof(IParsable<>));
    }
}
