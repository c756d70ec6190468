using System.Net;
using Slipway.Aws;

namespace Slipway.Server.Versions.S3;

/// <summary>What S3 says, as a sentence that tells what to do.</summary>
internal static class S3Troubles
{
    private static readonly string[] BadCredentials =
        ["InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired"];

    private static readonly string[] OtherRegion = ["PermanentRedirect", "AuthorizationHeaderMalformed", "TemporaryRedirect", "IllegalLocationConstraintException"];

    public static string Explain(AwsException fault, S3Bucket bucket, S3Permission permission) => fault switch
    {
        { Code: "NoCredentials" } => "The server has no AWS credentials. They come from its environment, a profile, a web identity, or the role of its instance or container.",
        { Code: "NoSuchBucket" } => $"There is no bucket {bucket.Name}. Make it in {bucket.Region}, or correct the setting Slipway:Aws:Bucket.",
        { Code: var code } when BadCredentials.Contains(code) => $"AWS does not accept the server's credentials ({fault.Code}). Give it others, or renew them.",
        { IsClock: true } => "The server's clock differs too much from AWS'. Set it right.",
        { Code: var code } when OtherRegion.Contains(code) || fault.Status == HttpStatusCode.MovedPermanently =>
            $"The bucket {bucket.Name} is in another region than {bucket.Region}. Correct the setting Slipway:Aws:Region.",
        { Code: "KMSAccessDenied" } => $"The server may not use the key that the bucket {bucket.Name} is encrypted with. Allow its role kms:GenerateDataKey and kms:Decrypt on it.",
        { IsDenied: true } => $"The server may not use the bucket {bucket.Name}. Allow its role {permission.Action} on {bucket.Arn(permission)}.",
        _ => $"The bucket {bucket.Name} cannot be used at the moment: {fault.Message.TrimEnd('.')}. What has arrived is kept; try again.",
    };
}
