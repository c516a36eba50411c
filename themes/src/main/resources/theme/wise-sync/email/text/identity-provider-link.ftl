<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

${msg("wiseSyncIdpLinkIntro", properties.brandName, (user.username)!"", identityProviderDisplayName, identityProviderContext.username)}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncIdpLinkNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
