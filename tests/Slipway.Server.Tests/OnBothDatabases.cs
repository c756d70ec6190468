using Xunit.v3;

namespace Slipway.Server.Tests;

/// <summary>Tests of a class, or all of them, that ./test runs a second time with PostgreSQL: storage conformance.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnBothDatabases : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Databases", "both")];
}
