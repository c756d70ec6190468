using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Slipway.Server.Cluster;

/// <summary>.NET's key ring for secrets at rest, one for all nodes.</summary>
internal sealed class SharedKeyRing(SharedKeys keys) : IXmlRepository
{
    /// <summary>What the names of its keys begin with.</summary>
    public const string Prefix = "ring/";

    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All()
        .Where(key => key.Name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(key => XElement.Parse(Encoding.UTF8.GetString(key.Content)))];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.Keep(Prefix + friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
}
